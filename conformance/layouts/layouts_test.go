package main

import (
	"strings"
	"testing"
)

const two = `apiVersion: v1
kind: Namespace
metadata:
  name: shop
---
# nothing
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: news-from
  namespace: shop
spec:
  hosts: [news.example]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata:
  name: news-through
  namespace: shop
spec:
  hosts: [news.example]
`

func read(t *testing.T, text string) []document {
	t.Helper()
	found, err := documents("test", text)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestWhatIsMissingTwiceOrOtherwiseIsTold(t *testing.T) {
	want := read(t, two)
	if len(want) != 3 {
		t.Fatalf("%d documents", len(want))
	}
	if problems := compare(want, want); problems != nil {
		t.Error(problems)
	}
	for text, problem := range map[string]string{
		strings.Replace(two, "news.example", "x.example", 1): "v1/news-from is another",
		two + "---\n" + two: "is there twice",
		strings.Replace(two, "name: shop", "name: bank", 1): "<nil>/bank is one too many",
		strings.SplitN(two, "---", 2)[0]:                    "shop/news-from is missing",
	} {
		told := strings.Join(compare(want, read(t, text)), "\n")
		if !strings.Contains(told, strings.TrimPrefix(problem, "v1/")) {
			t.Errorf("%s: want %s", told, problem)
		}
	}
	if _, err := documents("test", "a: 1\na: 2\n"); err == nil {
		t.Error("a key that stands twice")
	}
	if _, err := documents("test", "apiVersion: v1\n"); err == nil {
		t.Error("a document without kind")
	}
}

func TestARouteOfCallersBeforeItsGatewaysIsTold(t *testing.T) {
	got := read(t, two)
	stages := map[string]string{got[0].key: "1-namespaces", got[1].key: gatewayRoutes, got[2].key: meshRoutes}
	if problems := append(inOrder(stages, got), inOrderOfKinds(stages, got)...); problems != nil {
		t.Error(problems)
	}
	wrong := []document{got[0], got[2], got[1]}
	if len(inOrder(stages, wrong)) != 1 || len(inOrderOfKinds(stages, wrong)) != 1 {
		t.Error(inOrder(stages, wrong), inOrderOfKinds(stages, wrong))
	}
	if len(inOrderOfKinds(stages, []document{got[1], got[0]})) != 1 {
		t.Error("a namespace after what lies in it")
	}
}

// The chart is what the library makes of these manifests; LayoutsTest holds it to that.
func TestBracesInADocumentAreNoTemplate(t *testing.T) {
	want, err := below("testdata/braces/manifests", resources)
	if err != nil || len(want) == 0 {
		t.Fatal(err)
	}
	got, err := helm("testdata/braces/chart", nil)
	if err != nil {
		t.Fatal(err)
	}
	if problems := compare(want, got); problems != nil {
		t.Error(problems)
	}
	off := map[string]any{"namespaces": map[string]any{"tenant-a": map[string]any{"enabled": false}}}
	if got, err = helm("testdata/braces/chart", off); err != nil || len(got) != 0 {
		t.Error(got, err)
	}
}
