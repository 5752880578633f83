// floor: how fast this machine can be with one send() per member and batch, in C without any feature at all.
//
// One epoll thread reads whatever is ready, puts each message into its room's buffer, and then sends every changed room's
// buffer to each member. No limits, no slow readers, no names to keep unique: what is left is system calls. A server
// that batches the same way cannot be faster than this, whatever it is written in, so the distance to it is what its own
// code costs. build: gcc -O2 -o floor floor.c ; run: ./floor PORT
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

enum { MAX_FD = 65536, MAX_ROOMS = 20000, MAX_EVENTS = 512, LINE = 1024 };

struct room { char name[32]; int *members, count, capacity; char *pending; int length, size, dirty; };
struct client { int room, slot, length; char name[32], input[LINE]; };

static struct room rooms[MAX_ROOMS];
static struct client *clients[MAX_FD];
static int room_count, user_count, dirty[MAX_ROOMS], dirty_count;

static int find_room(const char *name) {
  for (int i = 0; i < room_count; i++)
    if (!strcmp(rooms[i].name, name)) return i;
  snprintf(rooms[room_count].name, sizeof rooms[0].name, "%s", name);
  return room_count++;
}

static void leave(int fd) {
  struct client *c = clients[fd];
  struct room *r = &rooms[c->room];
  int last = r->members[--r->count];
  r->members[c->slot] = last;
  clients[last]->slot = c->slot;
}

static void enter(int fd, const char *name) {
  struct client *c = clients[fd];
  c->room = find_room(name);
  struct room *r = &rooms[c->room];
  if (r->count == r->capacity) r->members = realloc(r->members, (r->capacity = r->capacity ? r->capacity * 2 : 4) * sizeof(int));
  c->slot = r->count;
  r->members[r->count++] = fd;
  char line[64];
  send(fd, line, snprintf(line, sizeof line, "You joined %s\n", name), MSG_NOSIGNAL);
}

static void post(struct client *c, const char *text, int length) {
  struct room *r = &rooms[c->room];
  int name = strlen(c->name), need = r->length + name + length + 3;
  if (need > r->size) r->pending = realloc(r->pending, r->size = need * 2);
  char *p = r->pending + r->length;
  memcpy(p, c->name, name), memcpy(p + name, ": ", 2), memcpy(p + name + 2, text, length);
  p[name + 2 + length] = '\n';
  r->length = need;
  if (!r->dirty) r->dirty = 1, dirty[dirty_count++] = c->room;
}

static void flush(void) {
  for (int i = 0; i < dirty_count; i++) {
    struct room *r = &rooms[dirty[i]];
    for (int m = 0; m < r->count; m++) send(r->members[m], r->pending, r->length, MSG_NOSIGNAL | MSG_DONTWAIT);
    r->length = r->dirty = 0;
  }
  dirty_count = 0;
}

static void receive(int fd) {
  static char input[1 << 16];
  struct client *c = clients[fd];
  memcpy(input, c->input, c->length);
  int got = recv(fd, input + c->length, sizeof input - c->length, MSG_DONTWAIT);
  if (got <= 0) {
    leave(fd), close(fd), free(c), clients[fd] = 0;
    return;
  }
  char *p = input, *end = input + c->length + got, *newline;
  for (; (newline = memchr(p, '\n', end - p)); p = newline + 1) {
    *newline = 0;
    if (!strncmp(p, "/join ", 6)) leave(fd), enter(fd, p + 6);
    else post(c, p, newline - p);
  }
  c->length = end - p < LINE ? end - p : 0;
  memcpy(c->input, p, c->length);
}

int main(int argc, char **argv) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files), files.rlim_cur = files.rlim_max, setrlimit(RLIMIT_NOFILE, &files);
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1, epoll = epoll_create1(0);
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(atoi(argc > 1 ? argv[1] : "42600")) };
  inet_pton(AF_INET, "127.0.0.1", &address.sin_addr);
  if (bind(listener, (void *)&address, sizeof address) || listen(listener, 4096)) return perror("listen"), 1;
  struct epoll_event change = { .events = EPOLLIN, .data.fd = listener }, events[MAX_EVENTS];
  epoll_ctl(epoll, EPOLL_CTL_ADD, listener, &change);
  for (;;) {
    int count = epoll_wait(epoll, events, MAX_EVENTS, -1);
    for (int i = 0; i < count; i++) {
      if (events[i].data.fd != listener) {
        receive(events[i].data.fd);
        continue;
      }
      int fd = accept4(listener, 0, 0, SOCK_NONBLOCK);
      if (fd < 0) continue;
      setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      change.events = EPOLLIN | EPOLLET, change.data.fd = fd;
      epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &change);
      clients[fd] = calloc(1, sizeof *clients[fd]);
      int length = snprintf(clients[fd]->name, 32, "User%d", user_count++);
      char line[64];
      send(fd, line, snprintf(line, sizeof line, "You are %.*s\n", length, clients[fd]->name), MSG_NOSIGNAL);
      enter(fd, "main");
    }
    flush();
  }
}
