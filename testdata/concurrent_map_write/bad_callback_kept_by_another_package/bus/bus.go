package bus

// Bus tells its subscribers of events, on a goroutine of its own.
type Bus struct {
	events chan string
	subs   []func(event string)
}

// New makes a Bus.
func New() *Bus { return &Bus{events: make(chan string)} }

// Subscribe keeps f, which is called for each event.
func (b *Bus) Subscribe(f func(event string)) { b.subs = append(b.subs, f) }

// Publish sends an event.
func (b *Bus) Publish(event string) { b.events <- event }

// Start starts to tell of events.
func (b *Bus) Start() { go b.loop() }

func (b *Bus) loop() {
	for event := range b.events {
		for _, f := range b.subs {
			f(event)
		}
	}
}
