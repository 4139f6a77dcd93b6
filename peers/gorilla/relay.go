// Broadcast with gorilla/websocket, built like its chat example: a hub, and for each client a goroutine that reads and
// one that writes what comes through a bounded channel. A message is prepared once for all of them.
package main

import (
	"log"
	"net/http"
	"os"

	"github.com/gorilla/websocket"
)

const (
	maxMessageBytes = 16 << 20
	// A client that is so many messages behind is disconnected, as in the example.
	maxQueuedMessages = 1024
)

type client struct {
	connection *websocket.Conn
	queue      chan *websocket.PreparedMessage
}

type hub struct {
	join, leave chan *client
	broadcast   chan *websocket.PreparedMessage
}

func (h *hub) run() {
	clients := make(map[*client]bool)
	remove := func(c *client) {
		if clients[c] {
			delete(clients, c)
			close(c.queue)
		}
	}
	for {
		select {
		case c := <-h.join:
			clients[c] = true
		case c := <-h.leave:
			remove(c)
		case message := <-h.broadcast:
			for c := range clients {
				select {
				case c.queue <- message:
				default:
					remove(c)
				}
			}
		}
	}
}

func (c *client) write() {
	defer c.connection.Close()
	for message := range c.queue {
		if c.connection.WritePreparedMessage(message) != nil {
			return
		}
	}
}

func (h *hub) serve(w http.ResponseWriter, r *http.Request) {
	upgrader := websocket.Upgrader{CheckOrigin: func(*http.Request) bool { return true }}
	connection, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return
	}
	connection.SetReadLimit(maxMessageBytes)
	c := &client{connection, make(chan *websocket.PreparedMessage, maxQueuedMessages)}
	h.join <- c
	go c.write()
	defer func() { h.leave <- c }()
	for {
		kind, payload, err := connection.ReadMessage()
		if err != nil {
			return
		}
		message, err := websocket.NewPreparedMessage(kind, payload)
		if err != nil {
			return
		}
		h.broadcast <- message
	}
}

func main() {
	h := &hub{make(chan *client), make(chan *client), make(chan *websocket.PreparedMessage)}
	go h.run()
	http.HandleFunc("/", h.serve)
	log.Fatal(http.ListenAndServe("127.0.0.1:"+os.Args[1], nil))
}
