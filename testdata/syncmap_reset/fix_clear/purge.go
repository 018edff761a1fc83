package main

import "sync"

func (c *cache) purge() { c.entries = sync.Map{} }
