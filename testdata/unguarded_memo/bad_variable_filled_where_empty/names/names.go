// Package names knows controls by their ids.
package names

var controls = map[string][]string{"ports": {"hostPort", "containerPort"}, "users": {"runAsUser"}}

var byID = map[string]string{}

// Of is the control with that id.
func Of(id string) string {
	if len(byID) == 0 {
		for name, ids := range controls {
			for _, one := range ids {
				byID[one] = name // want "GM112.*Of fills byID where it is empty"
			}
		}
	}
	return byID[id]
}
