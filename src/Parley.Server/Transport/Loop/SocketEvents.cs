namespace Parley.Server.Transport.Loop;

/// <summary>Events of a socket, as epoll(7) reports them.</summary>
[Flags]
internal enum SocketEvents
{
    None = 0,
    Readable = 0x001,
    Writable = 0x004,
    Error = 0x008,
    HungUp = 0x010,
    PeerClosed = 0x2000,

    /// <summary>Nothing more goes out: the connection was reset, or both sides have ended.</summary>
    Gone = Error | HungUp,

    /// <summary>Nothing more will come in after what is there.</summary>
    Ended = Error | HungUp | PeerClosed,
}
