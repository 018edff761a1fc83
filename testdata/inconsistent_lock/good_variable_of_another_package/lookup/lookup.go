// Package lookup finds numbers.
package lookup

import "example.com/testdata/inconsistent_lock/good_variable_of_another_package/codes"

func Find(name string) int {
	codes.Mu.Lock()
	defer codes.Mu.Unlock()
	return codes.Known[name]
}
