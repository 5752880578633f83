using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Parley.Server.Transport;

/// <summary>One address at which HTTP is served, in plain text or over TLS.</summary>
/// <param name="name">Its setting: <c>http</c> or <c>https</c>.</param>
/// <param name="address">Where to listen.</param>
internal sealed class HttpListener(string name, IPEndPoint address)
{
    private ListenOptions? _options;

    /// <summary>The setting.</summary>
    public string Name { get; } = name;

    /// <summary>True if it is over TLS.</summary>
    public bool IsTls => Name == "https";

    /// <summary>Where to listen, as it was asked for.</summary>
    public IPEndPoint Address { get; } = address;

    /// <summary>The listener, with its real port once the server has started.</summary>
    public Listener Listener => new(Name, _options?.EndPoint ?? Address);

    /// <summary>Has Kestrel listen.</summary>
    public void Listen(KestrelServerOptions kestrel, Action<ListenOptions> configure) => kestrel.Listen((EndPoint)Address, listen =>
    {
        _options = listen;
        configure(listen);
    });
}
