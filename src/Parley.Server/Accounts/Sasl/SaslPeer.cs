using System.Net;
using Parley.Core.Accounts;

namespace Parley.Server.Accounts.Sasl;

/// <summary>Client that wants to log in, as far as its connection identifies it.</summary>
/// <param name="Address">The client's address; null if it comes over no network.</param>
/// <param name="Certificate">The certificate that it has proved to have in the TLS handshake; null if none.</param>
/// <param name="IsPrivate">Whether nobody on the way can read along, so that it may show what others could use as it is.</param>
/// <param name="UserId">Number of its user; 0 if it is not in.</param>
internal sealed record SaslPeer(IPAddress? Address, CertificateFingerprint? Certificate = null, bool IsPrivate = false, long UserId = 0);
