package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// fixture is what Istio's own analyzers say of a file in which one of our findings is to be seen, or none.
type fixture struct {
	Code  string   `json:"code"`
	File  string   `json:"file"`
	Clean bool     `json:"clean"`
	Istio []string `json:"istio"`
}

// fixturesCommand runs Istio's validation and analyzers over FOLDER/EGRnnn/*.yaml, each file a set of its own, and prints a
// line of JSON for each. A file that is said to be clean, and of which Istio says an error, is a finding here.
func fixturesCommand(args []string) (int, error) {
	flags := flag.NewFlagSet("fixtures", flag.ContinueOnError)
	tally := flags.String("tally", "", "a file to add the counts to")
	quiet := flags.Bool("quiet", false, "print what is wrong only")
	if err := flags.Parse(args); err != nil || flags.NArg() != 1 {
		return exitUsage, fmt.Errorf("fixtures needs a folder")
	}
	files, err := filepath.Glob(filepath.Join(flags.Arg(0), "EGR*", "*.yaml"))
	if err != nil || len(files) == 0 {
		return exitUsage, fmt.Errorf("%s has no EGRnnn/*.yaml", flags.Arg(0))
	}
	sort.Strings(files)
	good, bad, firing, told := 0, 0, 0, 0
	for _, file := range files {
		input, err := readSet(file)
		if err != nil {
			return exitUsage, err
		}
		v, err := judge(input)
		if err != nil {
			return exitUsage, fmt.Errorf("%s: %w", file, err)
		}
		codes := map[string]bool{}
		for _, f := range v.findings {
			if f.level != levelInfo {
				codes[f.judge] = true
			}
		}
		one := fixture{Code: filepath.Base(filepath.Dir(file)), File: filepath.Base(file), Istio: []string{}}
		one.Clean = strings.HasPrefix(one.File, "clean")
		for code := range codes {
			one.Istio = append(one.Istio, code)
		}
		sort.Strings(one.Istio)
		if !one.Clean {
			firing++
			if len(one.Istio) > 0 {
				told++
			}
		}
		allowed, err := allowed(file)
		if err != nil {
			return exitUsage, err
		}
		var unexplained []finding
		for _, f := range v.findings {
			if f.level == levelError && !strings.Contains(allowed, f.judge) {
				unexplained = append(unexplained, f)
			}
		}
		if one.Clean && len(unexplained) > 0 {
			bad++
			for _, f := range unexplained {
				fmt.Printf("clean for us, not for Istio: %s/%s: %s\n", one.Code, one.File, f)
			}
		} else {
			good++
		}
		if !*quiet {
			line, err := json.Marshal(one)
			if err != nil {
				return exitUsage, err
			}
			fmt.Println(string(line))
		}
	}
	fmt.Printf("Istio %s says a warning or an error of %d of %d files in which there is something to find; %d of %d clean ones agree\n",
		istioVersion(), told, firing, good-firing, good+bad-firing)
	if err := addTally(*tally, good, bad); err != nil {
		return exitUsage, err
	}
	if bad > 0 {
		return exitFindings, nil
	}
	return exitOK, nil
}

// allowed is what a file says of Istio's errors in it: a line "# istio: IST0109, why it is not meant".
func allowed(file string) (string, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	for _, line := range strings.Split(string(content), "\n") {
		if strings.HasPrefix(line, "# istio: ") {
			return line, nil
		}
	}
	return "", nil
}

// analyzeCommand runs nothing but Istio's analyzers over a folder and says what that takes, for benchmarks.
func analyzeCommand(args []string) (int, error) {
	if len(args) != 1 {
		return exitUsage, fmt.Errorf("analyze needs a folder")
	}
	begin := time.Now()
	input, err := readSet(args[0])
	if err != nil {
		return exitUsage, err
	}
	v := &verdict{notJudged: map[string]int{}}
	if err := v.analyze(input); err != nil {
		return exitUsage, err
	}
	fmt.Printf("Istio %s analyzed %d documents in %.2f s: %d messages\n", istioVersion(), len(input.documents),
		time.Since(begin).Seconds(), len(v.findings))
	return exitOK, nil
}
