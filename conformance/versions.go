package main

import (
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
)

// istioVersions names the release branch of each Istio commit we can be built against.
var istioVersions = map[string]string{
	"eed52ebb66ad": "1.31",
	"9739e10eb9d7": "1.30",
}

// istioVersion is the Istio minor version this binary was built with.
func istioVersion() string {
	module := istioModuleVersion()
	for commit, version := range istioVersions {
		if strings.HasSuffix(module, commit) {
			return version
		}
	}
	return "1.31"
}

func istioModuleVersion() string {
	return moduleVersion("istio.io/istio")
}

func moduleVersion(path string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	for _, module := range info.Deps {
		if module.Path == path {
			if module.Replace != nil {
				return module.Replace.Version
			}
			return module.Version
		}
	}
	return ""
}

// moduleFolder is where the module cache keeps a dependency's files. We read only data there (the CRDs of the
// Gateway API, which no package embeds), so a binary without its module cache still judges everything else.
func moduleFolder(path string) string {
	version := moduleVersion(path)
	if version == "" {
		return ""
	}
	cache := os.Getenv("GOMODCACHE")
	if cache == "" {
		gopath := os.Getenv("GOPATH")
		if gopath == "" {
			home, err := os.UserHomeDir()
			if err != nil {
				return ""
			}
			gopath = filepath.Join(home, "go")
		}
		cache = filepath.Join(strings.Split(gopath, string(os.PathListSeparator))[0], "pkg", "mod")
	}
	return filepath.Join(cache, filepath.FromSlash(path)+"@"+version)
}
