"""The state of Discord, without the network: the world, interactions, gateway sessions and posting."""
