// fails: panic assignment to entry in nil map

package main

type Message struct{ Header map[string]string }

type Transport struct{ old bool }

func (t *Transport) Receive(m *Message) {
	if t.old {
		if m.Header == nil {
			m.Header = make(map[string]string)
		}
		m.Header["version"] = "1"
		return
	}
	m.Header["version"] = "2" // want "GM401.*Header"
}

func main() {
	(&Transport{old: true}).Receive(&Message{})
	(&Transport{}).Receive(&Message{})
}
