"""What others keep and call on goroutines: handlers of informers, hooks of libraries, jobs, each with what is right."""

from __future__ import annotations

from pathlib import Path

import pytest

from golint_maps.engine.run import check
from golint_maps.finding import Confidence
from golint_maps.project.config import Settings

CONTROLLER = """package ctrl

import (
	"sync"
	"time"

	"k8s.io/apimachinery/pkg/util/wait"
	"k8s.io/client-go/tools/cache"
)

type Controller struct {
	mu   sync.Mutex
	pods map[string]any
}

func (c *Controller) add(obj any)    { c.pods["x"] = obj }
func (c *Controller) remove(obj any) { delete(c.pods, "x") }

func (c *Controller) OnAdd(obj any)         { c.pods["x"] = obj }
func (c *Controller) OnUpdate(old, obj any) { c.pods["x"] = obj }
func (c *Controller) OnDelete(obj any)      { delete(c.pods, "x") }

"""
FUNCTIONS = """func New(informer cache.SharedIndexInformer) *Controller {
	c := &Controller{pods: map[string]any{}}
	informer.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: c.add, DeleteFunc: c.remove})
	c.pods["first"] = nil
	return c
}

"""
LITERALS = """func New(informer cache.SharedIndexInformer) *Controller {
	c := &Controller{pods: map[string]any{}}
	informer.AddEventHandler(&cache.ResourceEventHandlerFuncs{
		AddFunc:    func(obj any) { c.pods["x"] = obj },
		DeleteFunc: func(obj any) { delete(c.pods, "x") },
	})
	return c
}

"""
OBJECT = """func New(informer cache.SharedIndexInformer) *Controller {
	c := &Controller{pods: map[string]any{}}
	informer.AddEventHandler(c)
	return c
}

"""
TWO = """func New(pods, nodes cache.SharedIndexInformer) *Controller {
	c := &Controller{pods: map[string]any{}}
	pods.AddEventHandler(cache.ResourceEventHandlerFuncs{AddFunc: c.add})
	nodes.AddEventHandler(cache.ResourceEventHandlerFuncs{DeleteFunc: c.remove})
	return c
}

"""
WORKER = """func (c *Controller) Run(stop <-chan struct{}) {
	go wait.Until(c.work, time.Second, stop)
	<-stop
}

func (c *Controller) work() { _ = c.pods["x"] }
"""


def found(folder: Path, text: str) -> set[str]:
    (folder / "go.mod").write_text("module example.com/app\n\ngo 1.24\n")
    (folder / "code.go").write_text(text)
    report = check(["."], Settings(), cwd=folder)
    return {one.finding.rule for one in report.findings if one.finding.confidence >= Confidence.MEDIUM}


@pytest.mark.parametrize("made", [FUNCTIONS, LITERALS, OBJECT], ids=["functions", "literals", "object"])
def test_handlers_of_an_informer_run_beside_workers(tmp_path: Path, made: str) -> None:
    assert found(tmp_path, CONTROLLER + made + WORKER) & {"GM101", "GM102"}


@pytest.mark.parametrize("made", [FUNCTIONS, LITERALS], ids=["functions", "literals"])
def test_handlers_of_one_informer_take_turns(tmp_path: Path, made: str) -> None:
    head = CONTROLLER[: CONTROLLER.index("func (c *Controller) OnAdd")].replace("\tmu   sync.Mutex\n", "")
    assert not found(tmp_path, head + made)


def test_two_informers_run_at_the_same_time(tmp_path: Path) -> None:
    assert "GM101" in found(tmp_path, CONTROLLER[: CONTROLLER.index("func (c *Controller) OnAdd")] + TWO)


CRON = """package jobs

import "github.com/robfig/cron/v3"

type Jobs struct{ counts map[string]int }

func New() *Jobs {
	j := &Jobs{counts: map[string]int{}}
	c := cron.New()
	c.AddFunc("@hourly", j.count)
	c.AddFunc("@daily", j.reset)
	c.Start()
	return j
}

func (j *Jobs) count() { j.counts["x"]++ }
func (j *Jobs) reset() { delete(j.counts, "x") }
"""


def test_jobs_of_a_library_whose_types_are_not_here(tmp_path: Path) -> None:
    assert "GM101" in found(tmp_path, CRON)
    assert not found(tmp_path, CRON.replace('\tc.AddFunc("@daily", j.reset)\n', ""))


PROXY = """package proxy

import (
	"net/http"
	"net/http/httputil"
)

type Proxy struct{ seen map[string]int }

func (p *Proxy) direct(r *http.Request) { p.seen[r.Host]++ }

"""


def test_hooks_of_a_library(tmp_path: Path) -> None:
    kept = "func New(p *Proxy) http.Handler { return &httputil.ReverseProxy{Director: p.direct} }\n"
    assert "GM101" in found(tmp_path, PROXY + kept)
    own = """func serve(w http.ResponseWriter, r *http.Request) {
	p := &Proxy{seen: map[string]int{}}
	proxy := &httputil.ReverseProxy{Director: p.direct}
	proxy.ServeHTTP(w, r)
}
"""
    assert not found(tmp_path, PROXY + own)


CONSUMER = """package kafka

import "github.com/IBM/sarama"

type handler struct{ offsets map[int32]int64 }

func (h *handler) ConsumeClaim(s sarama.ConsumerGroupSession, c sarama.ConsumerGroupClaim) error {
	for m := range c.Messages() {
		h.offsets[m.Partition] = m.Offset
	}
	return nil
}
"""


def test_claims_of_a_consumer_group_are_consumed_at_the_same_time(tmp_path: Path) -> None:
    assert "GM101" in found(tmp_path, CONSUMER)
    text = CONSUMER.replace("\tfor m", "\toffsets := map[int32]int64{}\n\tfor m")
    assert not found(tmp_path, text.replace("h.offsets[", "offsets["))
