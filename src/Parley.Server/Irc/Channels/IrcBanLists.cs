using System.Globalization;
using Parley.Core.Moderation;
using Parley.Server.Irc.Sessions;

namespace Parley.Server.Irc.Channels;

/// <summary>Tells operators of bans from the server.</summary>
internal static class IrcBanLists
{
    /// <summary>Bytes of names in one line.</summary>
    private const int MaxNames = 300;

    /// <summary>Tells all bans, one a line.</summary>
    public static void Write(IrcSession session, IReadOnlyList<Ban> bans)
    {
        Notice(session, $"There are {bans.Count} bans");
        foreach (var ban in bans)
        {
            Notice(session, Line(ban));
        }
    }

    /// <summary>Tells names behind a heading; nothing if there are none.</summary>
    public static void WriteNames(IrcSession session, string heading, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        Notice(session, $"{heading}:");
        var line = "";
        foreach (var name in names)
        {
            if (line.Length + name.Length > MaxNames)
            {
                Notice(session, line);
                line = "";
            }

            line += line.Length == 0 ? name : " " + name;
        }

        Notice(session, line);
    }

    public static string Line(Ban ban)
        => string.Create(CultureInfo.InvariantCulture, $"{ban.Subject} ({ban.Subject.Kind}){Until(ban)}, by {ban.By} at {ban.Made.UtcDateTime:yyyy-MM-dd HH:mm} UTC{(ban.Reason.Length == 0 ? "" : ": " + ban.Reason)}");

    public static string Until(Ban ban)
        => ban.Until is { } until ? string.Create(CultureInfo.InvariantCulture, $" until {until.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";

    public static void Notice(IrcSession session, string text) => session.Line($":{session.Context.ServerName} NOTICE {session.Nick} :{text}");
}
