"""Published maps whose publishers are libraries: what can't be a program in `testdata/`, for want of dependencies."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.project.config import Settings

HEAD = """package m

import (
	"context"

	"github.com/hashicorp/go-memdb"
	corev1 "k8s.io/api/core/v1"
	listers "k8s.io/client-go/listers/core/v1"
	"k8s.io/client-go/tools/cache"
)

type Event struct{ counts map[string]int }

type C struct {
	pods    listers.PodLister
	indexer cache.Indexer
	txn     *memdb.Txn
}

func (c *C) get(name string) (*corev1.Pod, error) { return c.pods.Pods("ns").Get(name) }

func (c *C) fresh(name string) (*corev1.Pod, error) {
	pod, err := c.pods.Pods("ns").Get(name)
	return pod.DeepCopy(), err
}

func f(c *C, ctx context.Context, key string) {
"""


def written(tmp_path: Path, body: str) -> list[str]:
    """The maps that GM109 says are written in place."""
    (tmp_path / "go.mod").write_text("module example.org/m\n\ngo 1.24\n")
    (tmp_path / "m.go").write_text(f"{HEAD}\t{body}\n}}\n")
    report = check([str(tmp_path)], Settings(select=("GM109",), min_confidence="medium"), cwd=tmp_path)
    assert report.problems == ()
    return [reported.finding.map for reported in report.findings]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ('pod, _ := c.pods.Pods("ns").Get(key); pod.Labels["a"] = "b"', "pod.Labels"),
        ('pod, _ := c.get(key); pod.Annotations["a"] = "b"', "pod.Annotations"),
        (
            'pod, _ := c.get(key); if pod.Labels == nil { pod.Labels = map[string]string{} }; pod.Labels["a"] = "b"',
            "pod.Labels",
        ),
        ('all, _ := c.pods.List(nil); for _, pod := range all { pod.Labels["a"] = "b" }', "pod.Labels"),
        (
            'obj, _, _ := c.indexer.GetByKey(key); obj.(*corev1.ConfigMap).Data["a"] = "b"',
            "obj.Data",
        ),
        ('raw, _ := c.txn.First("t", "id", key); e := raw.(*Event); e.counts[key]++', "e.counts"),
        ('it, _ := c.txn.Get("t", "id"); e := it.Next().(*Event); e.counts[key]++', "e.counts"),
        ('pod, _ := c.get(key); if pod == nil { return }; pod.Labels["a"] = "b"', "pod.Labels"),
        ('pod, _ := c.get(key); if pod != nil { key = pod.Name }; pod.Labels["a"] = "b"', "pod.Labels"),
        ('m := ctx.Value(key).(map[string]int); done := make(chan int); go func() { m["a"] = 1; close(done) }()', "m"),
    ],
)
def test_what_a_cache_returns_is_not_to_be_written(tmp_path: Path, body: str, name: str) -> None:
    assert written(tmp_path, body) == [name]


@pytest.mark.parametrize(
    "body",
    [
        'pod, _ := c.pods.Pods("ns").Get(key); pod = pod.DeepCopy(); pod.Labels["a"] = "b"',
        'pod, _ := c.fresh(key); pod.Labels["a"] = "b"',
        'pod, _ := c.get(key); if pod != nil { pod = pod.DeepCopy() }; pod.Labels["a"] = "b"',
        'pod, _ := c.get(key); if nil == pod { pod = new(corev1.Pod) } else { pod = pod.DeepCopy() }; pod.Labels["a"] = "b"',
        'pod, _ := c.get(key); pod.Labels = map[string]string{}; pod.Labels["a"] = "b"',
        'pod, _ := c.get(key); own := pod.DeepCopy(); own.Labels["a"] = pod.Labels["b"]',
        'raw, _ := c.txn.First("t", "id", key); e := &Event{counts: map[string]int{}}; _ = raw; e.counts[key]++',
        'm := ctx.Value(key).(map[string]int); m["a"] = 1',
    ],
)
def test_copies_are_ones_own(tmp_path: Path, body: str) -> None:
    assert written(tmp_path, body) == []
