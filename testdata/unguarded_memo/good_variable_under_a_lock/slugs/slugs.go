// Package slugs makes names fit for addresses.
package slugs

import (
	"strings"
	"sync"
)

var (
	mu    sync.Mutex
	known = map[string]string{}
)

// Of is the slug of a title.
func Of(title string) string {
	mu.Lock()
	defer mu.Unlock()
	return slug(strings.TrimSpace(title))
}

func slug(title string) string {
	if s := known[title]; s != "" {
		return s
	}
	made := strings.ToLower(strings.ReplaceAll(title, " ", "-"))
	known[title] = made
	return made
}
