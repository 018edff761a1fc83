// Package life starts what was registered with it.
package life

type Hook struct {
	Name    string
	OnStart func() error
}

type Cycle struct{ hooks []Hook }

func (c *Cycle) Append(hook Hook) { c.hooks = append(c.hooks, hook) }

func (c *Cycle) Start() error {
	for _, hook := range c.hooks {
		if err := hook.OnStart(); err != nil {
			return err
		}
	}
	return nil
}
