using System.Net;
using Parley.Server.Transport.Tls;

namespace Parley.Server.Transport.Proxy;

/// <summary>What a proxy says of the connection that it passes on.</summary>
/// <param name="Source">Who has connected to it; null if it speaks for itself, or for somebody without an address.</param>
/// <param name="Destination">Where it was reached; null as above.</param>
/// <param name="Tls">How that connection was encrypted; null if it was not, or the proxy does not tell.</param>
internal sealed record ProxyHeader(IPEndPoint? Source = null, IPEndPoint? Destination = null, TlsSession? Tls = null);
