// Package names knows controls by their ids.
package names

import "sync"

var controls = map[string][]string{"ports": {"hostPort", "containerPort"}, "users": {"runAsUser"}}

var mu sync.Mutex

var byID = map[string]string{}

// Of is the control with that id.
func Of(id string) string {
	mu.Lock()
	defer mu.Unlock()
	if len(byID) == 0 {
		for name, ids := range controls {
			for _, one := range ids {
				byID[one] = name
			}
		}
	}
	return byID[id]
}
