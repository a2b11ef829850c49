// Package early sets variables before Istio's packages initialise: Istio's test environment looks for its own
// build output then, and says on standard output, where our JSON goes, that it does not find it.
//
// Go initialises packages without pending imports in the order of their paths, and this one's path sorts before
// istio.io.
package early

import "os"

func init() {
	// As Istio's ambient profile does; without it istiod makes nothing for ztunnel and waypoints.
	_ = os.Setenv("PILOT_ENABLE_AMBIENT", "true")
	for _, name := range []string{"TARGET_OUT", "LOCAL_OUT"} {
		if os.Getenv(name) == "" {
			_ = os.Setenv(name, os.TempDir())
		}
	}
}
