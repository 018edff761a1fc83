// The map of a package variable without a named type is made when the program starts.
package main

var cache struct {
	name string
	m    map[string]string
}

func base(lang string) string {
	cache.m[lang] = lang
	return cache.m[lang]
}

func init() {
	cache.m = make(map[string]string)
}

func main() {
	base("en")
}
