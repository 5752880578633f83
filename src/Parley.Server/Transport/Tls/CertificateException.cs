namespace Parley.Server.Transport.Tls;

/// <summary>A certificate and its key will not do; the message says in one line which file, why, and what to do.</summary>
internal sealed class CertificateException(string message, Exception? cause = null) : Exception(message, cause);
