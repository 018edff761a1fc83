// Package slugs makes names fit for addresses.
package slugs

import "strings"

var known = map[string]string{}

// Of is the slug of a title.
func Of(title string) string {
	return slug(strings.TrimSpace(title))
}

func slug(title string) string {
	if s := known[title]; s != "" {
		return s
	}
	made := strings.ToLower(strings.ReplaceAll(title, " ", "-"))
	known[title] = made // want "GM112.*slug looks a key up in known"
	return made
}
