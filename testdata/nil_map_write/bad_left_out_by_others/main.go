// fails: panic assignment to entry in nil map
package main

type Config struct{ Handlers map[string]func() }

type server struct{ handlers map[string]func() }

func Start(config *Config) *server {
	s := &server{}
	s.handlers = config.Handlers
	s.register("debug", func() {})
	return s
}

func (s *server) register(path string, handler func()) {
	if s.handlers[path] != nil {
		return
	}
	s.handlers[path] = handler // want "GM401.*handlers"
}

func main() {
	Start(&Config{})
}
