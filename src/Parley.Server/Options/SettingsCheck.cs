using System.Net;
using Parley.Core.Names;
using Parley.Core.Text;

namespace Parley.Server.Options;

/// <summary>Checks what settings need of each other.</summary>
internal static class SettingsCheck
{
    /// <summary>A line for each setting at fault, which begins with its name.</summary>
    public static IEnumerable<string> Faults(ParleyOptions options)
    {
        if (options.IrcPingTimeout <= options.IrcPingInterval)
        {
            yield return "irc-ping-timeout: a client would be disconnected before it is asked: give more than irc-ping-interval";
        }

        (string Name, ListenAddress Address)[] encrypted = [("https", options.Https), ("lines-tls", options.LinesTls), ("addressed-tls", options.AddressedTls)];
        foreach (var (name, address) in encrypted)
        {
            if (address.EndPoint is not null && !options.HasTls)
            {
                yield return $"{name}: TLS needs a certificate: give tls-certificate and tls-key, or leave it off";
            }
        }

        foreach (var fault in DoubledAddresses(options))
        {
            yield return fault;
        }

        if (!ParleyOptions.IsNone(options.AcmeWebroot) && options.Http.EndPoint is null)
        {
            yield return "acme-webroot: an authority asks over HTTP in plain text: give http, or leave it off";
        }

        if (options.HttpsRedirect && options.Https.EndPoint is null)
        {
            yield return "https-redirect: there is no https to send anybody to: give https, or leave it off";
        }

        if (!ParleyOptions.IsNone(options.Cluster) && !ParleyOptions.IsNone(options.Database))
        {
            yield return "database: a node of a cluster keeps everything in the cluster's database: leave it off";
        }

        if (!ParleyOptions.IsNone(options.Cluster) && !options.History)
        {
            yield return "history: the nodes of a cluster go on from what is kept: leave it on";
        }

        if (options.HasAuthCommand && !(Path.IsPathRooted(options.AuthCommand) && Path.Exists(options.AuthCommand)))
        {
            yield return $"auth-command: there is no program '{options.AuthCommand}': give its whole path";
        }

        foreach (var fault in ListFaults(options))
        {
            yield return fault;
        }

        foreach (var fault in MailFaults(options))
        {
            yield return fault;
        }

        foreach (var fault in OidcOptions.Faults(options))
        {
            yield return fault;
        }

        if (!ParleyOptions.IsNone(options.FilesUrl) && !(AbsoluteUrl.TryParse(options.FilesUrl, out var files) && files.Scheme is "http" or "https"))
        {
            yield return $"files-url: '{options.FilesUrl}' will not do: give an address such as https://chat.example.org/files, or none";
        }

        if (options.Collect.EndPoint is null)
        {
            yield break;
        }

        if (options.CollectRoom.Length == 0)
        {
            yield return $"collect: say which room the lines go to, with {options.NameOf("collect-room", "ROOM")}";
        }
        else if (!RoomName.TryParse(options.CollectRoom, out _))
        {
            yield return $"collect-room: '{options.CollectRoom}' will not do: give {RoomName.Form}";
        }

        if (!UserName.TryParse(options.CollectName, out _))
        {
            yield return $"collect-name: '{options.CollectName}' will not do: give {UserName.Form}";
        }
    }

    /// <summary>Listeners that could not be there beside each other: on one port of one address, or of all.</summary>
    private static IEnumerable<string> DoubledAddresses(ParleyOptions options)
    {
        var listeners = Setting.All.Where(setting => setting.IsListener)
            .Select(setting => (setting.Name, At: ListenAddress.TryParse(setting.Get(options), out var address) ? address.EndPoint : null))
            .Where(listener => listener.At is { Port: > 0 } && (listener.Name != "ircs" || options.HasTls)).ToArray();
        for (var i = 0; i < listeners.Length; i++)
        {
            var (name, at) = listeners[i];
            if (Array.Find(listeners[..i], other => other.At!.Port == at!.Port && (other.At.Address.Equals(at.Address) || IsAny(other.At.Address) || IsAny(at.Address))) is { Name: { } taken })
            {
                yield return $"{name}: {ListenAddress.At(at!)} is the address of {taken}: give another port, or leave one of them off";
            }
        }
    }

    /// <summary>Lists of which an entry in another form would match nothing, and nobody would be told.</summary>
    private static IEnumerable<string> ListFaults(ParleyOptions options)
        =>
        [
            .. from host in Entries(options.HttpHosts)
               where host != "*" && Uri.CheckHostName(host) == UriHostNameType.Unknown
               select $"http-hosts: '{host}' will not do: give names such as chat.example.org, without http:// and a port, or *",
            .. from origin in Entries(options.WebOrigins)
               where !IsOrigin(origin)
               select $"web-origins: '{origin}' will not do: give origins such as https://chat.example.org, without a path, or *",
            .. from type in Entries(options.FileTypes)
               where type != "*" && !IsType(type)
               select $"file-types: '{type}' will not do: give types such as image/*,text/plain,application/pdf, or *",
        ];

    private static string[] Entries(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    // Browsers say "null" of pages that have no origin, such as files. Pages of programs have schemes of their own.
    private static bool IsOrigin(string text) => text is "*" or "null"
        || (text.Contains("://", StringComparison.Ordinal) && AbsoluteUrl.TryParse(text, out var url) && url.Host.Length > 0 && url.PathAndQuery.Length <= 1 && url.Fragment.Length == 0);

    private static bool IsType(string text) => text.Split('/') is [var top, var sub] && IsToken(top) && IsToken(sub);

    // https://www.rfc-editor.org/rfc/rfc6838#section-4.2, and * for any.
    private static bool IsToken(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "!#$&-^_.+*".Contains(letter, StringComparison.Ordinal));

    private static bool IsAny(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);

    private static IEnumerable<string> MailFaults(ParleyOptions options)
    {
        if (!ParleyOptions.IsNone(options.WebUrl) && !(AbsoluteUrl.TryParse(options.WebUrl, out var page) && page.Scheme is "http" or "https"))
        {
            yield return $"web-url: '{options.WebUrl}' will not do: give an address such as https://chat.example.org/, or none";
        }

        if (ParleyOptions.IsNone(options.Smtp))
        {
            if (options.RequireEmail)
            {
                yield return $"require-email: no letters can be sent: say to which mail server, with {options.NameOf("smtp", "HOST")}, or leave it off";
            }

            yield break;
        }

        if (MailAddresses.EndPointOf(options) is null)
        {
            yield return $"smtp: '{options.Smtp}' will not do: give a host such as mail.example.org, or mail.example.org:587";
        }

        if (!MailAddresses.IsAddress(options.MailFrom))
        {
            yield return $"mail-from: '{options.MailFrom}' will not do: say who letters are from, with {options.NameOf("mail-from", "ADDRESS")}";
        }

        if (options.SmtpTls == SmtpEncryption.None && !ParleyOptions.IsNone(options.SmtpUser)
            && !(MailAddresses.EndPointOf(options) is var (host, _) && (host == "localhost" || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address)))))
        {
            yield return "smtp-tls: others could read the password of smtp-user: leave it at StartTls, or give Tls";
        }
    }
}
