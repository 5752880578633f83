namespace Parley.Server.Transport;

/// <summary>The moment from which on a server that takes over another one's connections accepts, reads and sends; any other does so from its start. And whether its listening sockets outlive it.</summary>
internal sealed class ServerOpening
{
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A server that waits for <see cref="Open"/>, or does not.</summary>
    public ServerOpening(bool waits)
    {
        if (!waits)
        {
            Open();
        }
    }

    /// <summary>Completes when it serves.</summary>
    public Task Opened => _opened.Task;

    /// <summary>True if listening sockets stay open when the server stops: another one goes on with them.</summary>
    public bool SocketsStay { get; set; }

    /// <summary>It serves from here on.</summary>
    public void Open() => _opened.TrySetResult();
}
