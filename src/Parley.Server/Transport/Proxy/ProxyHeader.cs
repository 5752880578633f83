using System.Net;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Transport.Proxy;

/// <summary>Facts that a proxy tells about the connection that it passes on.</summary>
/// <param name="Source">Who has connected to it; null if it speaks for itself, or for somebody without an address.</param>
/// <param name="Destination">Where it was reached; null as above.</param>
/// <param name="Tls">How that connection was encrypted; null if it was not, or the proxy does not tell.</param>
/// <param name="IsForItself">The proxy has connected by itself, to see whether anybody is here.</param>
internal sealed record ProxyHeader(IPEndPoint? Source = null, IPEndPoint? Destination = null, TlsSession? Tls = null, bool IsForItself = false);
