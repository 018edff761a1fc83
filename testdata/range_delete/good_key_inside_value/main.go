package main

import "container/list"

type entry struct {
	key   any
	value int
}

type lru struct {
	items map[any]*list.Element
	order *list.List
}

func (c *lru) add(key any, value int) {
	c.items[key] = c.order.PushFront(&entry{key, value})
}

// What is deleted is the key that the element itself holds, two calls further on.
func (c *lru) remove(e *list.Element) {
	c.order.Remove(e)
	kept := e.Value.(*entry)
	delete(c.items, kept.key)
}

func (c *lru) evict(e *list.Element) int {
	v := e.Value.(*entry)
	c.remove(e)
	return v.value
}

func (c *lru) evictAll() (sum int) {
	for _, e := range c.items {
		sum += c.evict(e)
	}
	return sum
}

func main() {
	c := &lru{map[any]*list.Element{}, list.New()}
	for i := 0; i < 100; i++ {
		c.add(i, i)
	}
	if c.evictAll() != 4950 || len(c.items) != 0 {
		panic("not all of them")
	}
}
