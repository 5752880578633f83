namespace Parley.Server.Admin;

/// <summary>The certificate that a server shows to new connections, for administrators.</summary>
/// <param name="Subject">Its subject.</param>
/// <param name="ValidUntil">Its end, UTC.</param>
/// <param name="Error">Why the files will not do that there are now, so that it stays in use; null if they do.</param>
public sealed record AdminCertificate(string Subject, DateTimeOffset ValidUntil, string? Error);
