using System.Net;
using Parley.Core.Accounts;

namespace Parley.Server.Accounts.Sasl;

/// <summary>Who wants to log in, as far as the connection tells.</summary>
/// <param name="Address">The client's address; null if it comes over no network.</param>
/// <param name="Certificate">The certificate that it has proved to have in the TLS handshake; null if none.</param>
internal sealed record SaslPeer(IPAddress? Address, CertificateFingerprint? Certificate = null);
