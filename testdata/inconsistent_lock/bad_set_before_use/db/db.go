package db

import "sync"

type DB struct {
	mu      sync.Mutex
	plugins map[string]int
}

func New() *DB { return &DB{} }

func (d *DB) SetPlugins(plugins map[string]int) {
	d.plugins = plugins
}

func (d *DB) SetPlugin(name string, plugin int) {
	d.plugins[name] = plugin // want "GM104.*DB.plugins"
}

func (d *DB) Plugin(name string) int {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.plugins[name]
}

func (d *DB) Remove(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.plugins, name)
}
