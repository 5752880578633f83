using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Parley.Server.Addressed;
using Parley.Server.Lines;
using Parley.Server.Options;
using Parley.Server.Transport;

namespace Parley.Server.Hosting;

/// <summary>Has Kestrel listen where the settings say, and knows afterwards where that is.</summary>
internal sealed class ListenerTable(ParleyOptions options) : IConfigureOptions<KestrelServerOptions>
{
    private readonly List<(string Name, ListenOptions Options)> _listeners = [];

    /// <summary>The listeners; with their real ports once the server has started.</summary>
    public IReadOnlyList<Listener> Listeners => [.. _listeners.Select(listener => new Listener(listener.Name, listener.Options.EndPoint))];

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        Add<LinesConnectionHandler>(kestrel, "lines", options.Lines);
        Add<AddressedConnectionHandler>(kestrel, "addressed", options.Addressed);
        if (options.Http.EndPoint is { } http)
        {
            kestrel.Listen(http, listen => _listeners.Add(("http", listen)));
        }
    }

    /// <summary>Says in one line which listener failed, and what to do. Kestrel starts them in order and stops at the first that fails.</summary>
    public ListenException Explain(Exception cause)
    {
        var (name, listen) = _listeners.Find(listener => cause.Message.Contains(listener.Options.EndPoint.ToString()!, StringComparison.Ordinal));
        var address = listen?.IPEndPoint;
        var reason = cause switch
        {
            IOException { InnerException: AddressInUseException } => "is taken by another program",
            _ => $"cannot be listened at ({cause.Message})",
        };
        return new ListenException(
            $"{address} {reason}: stop that program, or choose another address with --{name} HOST:PORT (port 0 takes a free one)",
            cause);
    }

    private void Add<THandler>(KestrelServerOptions kestrel, string name, ListenAddress address)
        where THandler : ConnectionHandler
    {
        if (address.EndPoint is { } endPoint)
        {
            kestrel.Listen((EndPoint)new LineEndPoint(name, endPoint), listen =>
            {
                listen.UseConnectionHandler<THandler>();
                _listeners.Add((name, listen));
            });
        }
    }
}
