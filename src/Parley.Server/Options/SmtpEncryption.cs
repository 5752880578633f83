namespace Parley.Server.Options;

/// <summary>Encryption of the connection to the mail server.</summary>
public enum SmtpEncryption
{
    /// <summary>Begins in plain text and goes on encrypted (STARTTLS); a server that does not is sent nothing. Its usual port is 587.</summary>
    StartTls,

    /// <summary>Encrypted from the first byte on. Its usual port is 465.</summary>
    Tls,

    /// <summary>Never encrypted, for a mail server on this machine. Its usual port is 25.</summary>
    None,
}
