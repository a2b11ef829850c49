// Command conformance lets Istio itself judge what istio-egress generates and traces.
//
// Nothing here knows how istio-egress works: the verdicts come from Istio's own validators, analyzers and
// configuration generators (as Go libraries) and from stock Envoys. See README.md.
package main

import (
	"fmt"
	"io"
	"os"

	_ "github.com/istio-egress/istio-egress/conformance/early" // before Istio's own packages
	"k8s.io/klog/v2"

	"istio.io/istio/pkg/kube/krt"
	"istio.io/istio/pkg/log"
)

const usage = `usage:
  conformance judge FOLDER...
  conformance fixtures FOLDER
  conformance analyze FOLDER
  conformance simulate --calls FILE [--outbound-traffic-policy MODE] FOLDER...
  conformance simulate --batch FOLDER [--workers N]
  conformance compare FLOWS.json SIMULATED.json
  conformance compare --batch FOLDER [--limit N]
  conformance envoy --calls FILE --envoy BINARY [--trace FLOWS.json] FOLDER...
  conformance config --calls FILE FOLDER...
  conformance version
exit status: 0 nothing found, 1 findings or disagreements, 2 wrong usage or unreadable input
`

// Exit states of every sub-command.
const (
	exitOK       = 0
	exitFindings = 1
	exitUsage    = 2
)

func main() {
	quiet()
	if len(os.Args) < 2 {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(exitUsage)
	}
	commands := map[string]func([]string) (int, error){
		"judge":    judgeCommand,
		"fixtures": fixturesCommand,
		"analyze":  analyzeCommand,
		"simulate": simulateCommand,
		"compare":  compareCommand,
		"config":   configCommand,
		"envoy":    envoyCommand,
		"version":  versionCommand,
	}
	run, known := commands[os.Args[1]]
	if !known {
		fmt.Fprint(os.Stderr, usage)
		os.Exit(exitUsage)
	}
	code, err := run(os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "conformance:", err)
	}
	os.Exit(code)
}

// quiet silences Istio's and Kubernetes' logging: Pilot logs to standard output, where our answer goes. It also
// drops Istio's global list of debug collections, which would keep every simulated mesh in memory for ever.
func quiet() {
	options := log.DefaultOptions()
	options.OutputPaths = []string{"/dev/null"}
	options.ErrorOutputPaths = []string{"/dev/null"}
	options.SetDefaultOutputLevel(log.OverrideScopeName, log.NoneLevel)
	for _, scope := range log.Scopes() {
		scope.SetOutputLevel(log.NoneLevel)
	}
	_ = log.Configure(options)
	klog.LogToStderr(false)
	klog.SetOutput(io.Discard)
	krt.GlobalDebugHandler = nil
}

func versionCommand([]string) (int, error) {
	fmt.Printf("Istio %s (module %s)\n", istioVersion(), istioModuleVersion())
	return exitOK, nil
}
