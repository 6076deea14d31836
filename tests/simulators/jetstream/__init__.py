"""A Jetstream (the first version of its interface): posts to whoever follows, from a cursor on."""
