using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Core.Text;
using Parley.Protocol.Irc;
using Parley.Server.Irc.Sessions;
using Parley.Server.Irc.Wire;

namespace Parley.Server.Irc.Metadata;

/// <summary>
/// <c>METADATA target GET|LIST|SET|CLEAR|SYNC ...</c> and <c>METADATA * SUB|UNSUB|SUBS ...</c>: values that users set under keys on
/// themselves and on rooms (https://ircv3.net/specs/extensions/metadata).
/// </summary>
internal sealed class MetadataCommand() : IrcCommand(
    "METADATA", "target GET|LIST|SET|CLEAR|SUB|UNSUB|SUBS|SYNC ...", "keeps values about you or a room", minParameters: 2, isBeforeRegistration: true)
{
    public override ValueTask<bool> RunAsync(IrcSession session, IrcRequest request, CancellationToken cancellationToken)
    {
        if (!session.Has(IrcCapabilities.AnyMetadata))
        {
            session.Numeric(IrcNumeric.ERR_UNKNOWNCOMMAND, $"{Word} :Unknown command");
            return new(true);
        }

        var subcommand = request[1].ToUpperInvariant();
        switch (subcommand)
        {
            case "SUB" or "UNSUB" or "SUBS" when !MetadataTarget.IsOwn(session, request[0]):
                session.Fail(Word, "INVALID_TARGET", "You can ask to be told for yourself only: *", Middle(request[0]));
                return new(true);
            case "SUBS":
                MetadataSubscriptions.List(session);
                return new(true);
            case "SUB" or "UNSUB" or "GET" or "SET" when request.Count < 3:
                session.Numeric(IrcNumeric.ERR_NEEDMOREPARAMS, $"{Word} :Not enough parameters");
                return new(true);
            case "SUB":
                return MetadataSubscriptions.AddAsync(session, request.Parameters[2..], cancellationToken);
            case "UNSUB":
                MetadataSubscriptions.Remove(session, request.Parameters[2..]);
                return new(true);
            case "SYNC" when session.Has(IrcCapabilities.Metadata3) && session.Session.User is not null && string.Equals(request[0], MetadataLines.Everything, StringComparison.Ordinal):
                return SyncAllAsync(session, cancellationToken);
            case "GET" or "LIST" or "SET" or "CLEAR" or "SYNC":
                return RunAsync(session, subcommand, request, cancellationToken);
            default:
                session.Fail(Word, MetadataLines.Code(session, "SUBCOMMAND_INVALID"), "There is no such subcommand", Middle(request[1]));
                return new(true);
        }
    }

    private static string Middle(string word) => word is "" or [':', ..] || word.Contains(' ', StringComparison.Ordinal) ? "*" : word;

    private async ValueTask<bool> RunAsync(IrcSession session, string subcommand, IrcRequest request, CancellationToken cancellationToken)
    {
        if (await MetadataTarget.FindAsync(session, request[0], cancellationToken) is not { } target)
        {
            session.Fail(Word, "INVALID_TARGET", "There is no such target", Middle(request[0]));
            return true;
        }

        switch (subcommand)
        {
            case "GET":
                session.Batch($"metadata {target.Name}", request.Parameters[2..].Select(key => MetadataLimits.IsKey(key)
                    ? MetadataLines.Answer(session, target.Name, key, target.Values.GetValueOrDefault(key))
                    : MetadataLines.BadKey(session, Middle(key))));
                break;
            case "LIST":
                session.Batch(
                    $"metadata {target.Name}", target.Values.Select(each => MetadataLines.Answer(session, target.Name, each.Key, each.Value)));
                break;
            case "SET":
                // No value takes the key away. An empty one is one, and in proposal 613 none.
                var isNone = request.Count == 3 || (request[3].Length == 0 && session.Has(IrcCapabilities.Metadata3));
                await SetAsync(session, target, request[2], isNone ? null : request[3], cancellationToken);
                break;
            case "CLEAR":
                await ClearAsync(session, target, cancellationToken);
                break;
            default:
                await SyncAsync(session, target, cancellationToken);
                break;
        }

        return true;
    }

    private async ValueTask SetAsync(IrcSession session, MetadataTarget target, string key, string? value, CancellationToken cancellationToken)
    {
        if (!MetadataLimits.IsKey(key))
        {
            session.Fail(Word, MetadataLines.Code(session, "KEY_INVALID"), MetadataLines.KeyRule, Middle(key));
        }
        else if (value is not null && !MetadataLimits.IsValue(value))
        {
            session.Fail(Word, MetadataLines.Code(session, "VALUE_INVALID"), $"Values have {MetadataLimits.MaxValueBytes} bytes at most", session.Has(IrcCapabilities.Metadata3) ? key : "");
        }
        else
        {
            var verdict = await target.SetAsync(session, key, value, cancellationToken);
            if (verdict == Verdict.Accepted || (verdict == Verdict.NoSuchValue && session.Has(IrcCapabilities.Metadata3)))
            {
                session.Line(MetadataLines.Answer(session, target.Name, key, value));
                return;
            }

            var (code, context, words) = verdict switch
            {
                Verdict.NoSuchValue => ("KEY_NOT_SET", $"{target.Name} {key}", "The key is not set"),
                Verdict.TooManyValues => ("LIMIT_REACHED", session.Has(IrcCapabilities.Metadata3) ? $"{target.Name} {session.Context.MaxValues}" : target.Name, $"There can be {Counted.Of(session.Context.MaxValues, "key")}"),
                _ => ("KEY_NO_PERMISSION", $"{target.Name} {key}", "Only operators of a channel, and users themselves, can set keys"),
            };
            session.Fail(Word, code, words, context);
        }
    }

    private async ValueTask ClearAsync(IrcSession session, MetadataTarget target, CancellationToken cancellationToken)
    {
        var cleared = new List<string>();
        foreach (var key in target.Values.Keys.ToArray())
        {
            if (await target.SetAsync(session, key, value: null, cancellationToken) is not (Verdict.Accepted or Verdict.NoSuchValue))
            {
                break;
            }

            cleared.Add(MetadataLines.Answer(session, target.Name, key, value: null));
        }

        if (cleared.Count == 0 && !target.MayBeSet(session))
        {
            session.Fail(Word, "KEY_NO_PERMISSION", "Only operators of a channel, and users themselves, can clear keys", $"{target.Name} *");
            return;
        }

        session.Batch($"metadata {target.Name}", cleared);
    }

    private static async ValueTask<bool> SyncAllAsync(IrcSession session, CancellationToken cancellationToken)
    {
        await MetadataSync.SyncAllAsync(session, cancellationToken);
        return true;
    }

    private static async ValueTask SyncAsync(IrcSession session, MetadataTarget target, CancellationToken cancellationToken)
    {
        if (target.Room is { } room)
        {
            await MetadataSync.SyncAsync(session, room, cancellationToken);
            return;
        }

        var lines = new List<string>();
        if (UserName.TryParse(target.Name, out var user))
        {
            await MetadataLines.AddUserAsync(session, lines, user, session.Metadata.Subscriptions, cancellationToken);
        }

        session.Batch($"metadata {target.Name}", lines);
    }
}
