using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Parley.Server.Connections;

namespace Parley.Server.Hosting;

/// <summary>Has Kestrel listen for HTTP, and knows afterwards where that is.</summary>
internal sealed class HttpListener(IPEndPoint address) : IConfigureOptions<KestrelServerOptions>
{
    private ListenOptions? _options;

    /// <summary>The listener, with its real port once the server has started.</summary>
    public Listener Listener => new("http", _options?.EndPoint ?? address);

    public void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;

        // Whoever only connects would else take the last descriptor, and with it the process. Those over WebSocket count elsewhere.
        kestrel.Limits.MaxConcurrentConnections = DescriptorLimit.HttpConnections();
        kestrel.Listen((EndPoint)address, listen =>
        {
            _options = listen;
            listen.Use(PacedListener.LetIn);
        });
    }

    /// <summary>What it means that the server did not start.</summary>
    public ListenException Explain(Exception cause)
        => ListenException.Because("http", address, cause is IOException { InnerException: AddressInUseException }, cause);
}
