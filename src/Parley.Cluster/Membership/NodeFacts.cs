namespace Parley.Cluster.Membership;

/// <summary>A node that wants to take part, as it describes itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Where its links come in, as HOST:PORT.</param>
/// <param name="Certificate">By what it is known at either end of a link.</param>
/// <param name="Version">Version of Parley.</param>
/// <param name="Protocol">Newest protocol of links that it speaks.</param>
/// <param name="OldestProtocol">Oldest protocol of links that it speaks.</param>
public sealed record NodeFacts(string Name, string Address, CertificateDigest Certificate, string Version, int Protocol, int OldestProtocol)
{
    private const int MaxNameLength = 63;

    /// <summary>True if a text will do for the name of a node: letters, digits, '-', '_' and '.', at most 63.</summary>
    public static bool IsName(string text) => text.Length is > 0 and <= MaxNameLength && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');

    /// <summary>The name of a node that was given none: the machine's, and where its links come in.</summary>
    /// <param name="machine">Name of the machine.</param>
    /// <param name="port">Port of the node's links.</param>
    public static string DefaultName(string machine, int port)
    {
        var letters = machine.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_').Take(MaxNameLength - 6);
        return $"{string.Concat(letters)}-{port}".TrimStart('-').ToLowerInvariant();
    }
}
