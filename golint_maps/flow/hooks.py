"""What others keep and call on goroutines: fields of libraries as data, fields and parameters of packages of the run by facts.

`cache.ResourceEventHandlerFuncs{AddFunc: c.add}`, `httputil.ReverseProxy{Director: p.direct}`: who puts a function there
starts nothing, but it will run on a goroutine of whoever got the struct.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from golint_maps.flow import models
from golint_maps.flow.models import MANY, ONE, Spawner
from golint_maps.types.declarations import Started

_INFORMER = Spawner(0, ONE, "of an informer, which calls its handlers", kept=True)
_HANDSHAKE = Spawner(0, MANY, "which runs once per handshake", kept=True)
_CLIENT = Spawner(0, MANY, "which http.Client calls from many goroutines", kept=True)
_REQUEST = Spawner(0, MANY, models.REQUEST_TITLE, kept=True)

# By qualified name: `pkg.Type.Field`. The handlers of one informer take turns, so they are told apart by where the struct is.
FIELDS: Mapping[str, Spawner] = {
    **{
        f"k8s.io/client-go/tools/cache.{type_}.{name}": _INFORMER
        for type_ in ("ResourceEventHandlerFuncs", "ResourceEventHandlerDetailedFuncs")
        for name in ("AddFunc", "UpdateFunc", "DeleteFunc")
    },
    **{
        f"crypto/tls.Config.{name}": _HANDSHAKE
        for name in (
            *("GetCertificate", "GetClientCertificate", "GetConfigForClient"),
            *("VerifyPeerCertificate", "VerifyConnection"),
        )
    },
    **{
        f"golang.org/x/crypto/ssh.{name}": _HANDSHAKE
        for name in (
            *("ServerConfig.PasswordCallback", "ServerConfig.PublicKeyCallback"),
            *("ServerConfig.KeyboardInteractiveCallback", "CertChecker.IsUserAuthority"),
            *("CertChecker.IsHostAuthority", "CertChecker.UserKeyFallback", "CertChecker.IsRevoked"),
        )
    },
    **{f"net/http.Server.{name}": _REQUEST for name in ("ConnState", "ConnContext")},
    **{f"net/http.Transport.{name}": _CLIENT for name in ("Proxy", "DialContext", "DialTLSContext")},
    **{
        f"net/http/httputil.ReverseProxy.{name}": _REQUEST
        for name in ("Director", "Rewrite", "ModifyResponse", "ErrorHandler")
    },
    "github.com/gorilla/websocket.Upgrader.CheckOrigin": _REQUEST,
}

# What an informer does with an object that it is given as its handler.
INFORMER = replace(_INFORMER, methods=("OnAdd", "OnDelete", "OnUpdate"))


def kept_by(started: Started, name: str) -> Spawner:
    """What becomes of a function, or an object, that another package of the run keeps; `name` is what it was given to."""
    title = f"that runs what {name} keeps"
    return Spawner(
        started.index, MANY if started.many else ONE, title, kept=True, runner=started.runner, methods=started.methods
    )
