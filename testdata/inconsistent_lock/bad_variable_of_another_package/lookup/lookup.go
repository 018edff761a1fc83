// Package lookup finds numbers.
package lookup

import "example.com/testdata/inconsistent_lock/bad_variable_of_another_package/codes"

func Find(name string) int {
	return codes.Known[name] // want "GM104.*Known is guarded by `codes.Mu` in its own package"
}
