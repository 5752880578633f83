using Parley.Core.Intentions;
using Parley.Core.Names;
using Parley.Protocol.Irc;
using Parley.Server.Accounts;
using Parley.Server.Irc.Sessions;
using Parley.Server.Options;

namespace Parley.Server.Irc.Registration;

/// <summary>Names that somebody asked for and may not have, or had better not.</summary>
internal static class IrcNames
{
    /// <summary>Advice on logging in, with <c>{0}</c> for the account.</summary>
    private const string Remedy = "log in by SASL, or come under another name and /msg NickServ IDENTIFY {0} PASSWORD";

    /// <summary>Reads a name that a client asks for; or says what names are like.</summary>
    public static bool TryParse(IrcSession session, string text, out UserName name, out string rule)
    {
        var isName = UserName.TryParse(text, out name);
        var isAllowed = name.IsAscii || session.Context.Options.NamesCharset == NameCharset.Unicode;
        rule = isName ? $"It will not do, {NameWords.OnlyAscii}" : NameWords.Rule(text, "Nicknames");
        return isName && isAllowed;
    }

    /// <summary>Says in words why a client may not have a name; null if the verdict is about something else.</summary>
    public static async ValueTask<string?> RefusalAsync(IrcSession session, Verdict verdict, UserName name, CancellationToken cancellationToken)
        => verdict == Verdict.NameTaken ? "Nickname is already in use"
            : await session.Context.Access.Names.RefusalAsync(verdict, name, Remedy, cancellationToken);

    /// <summary>Tells a client whose name it wears, where that is allowed.</summary>
    public static async ValueTask WarnAsync(IrcSession session, CancellationToken cancellationToken)
    {
        var self = session.Self;
        if (await session.Context.Access.Names.WarningAsync(self.Name, self.Profile.Login, Remedy, cancellationToken) is { } warning)
        {
            session.Line($":NickServ!NickServ@{session.Context.ServerName} NOTICE {session.Nick} :{warning}");
        }
    }

    /// <summary>Gives a client who is here another name; or tells it why not.</summary>
    public static async ValueTask<bool> TakeAsync(IrcSession session, UserName name, CancellationToken cancellationToken)
    {
        var verdict = await session.AskAsync(new Rename(name), cancellationToken);
        if (await RefusalAsync(session, verdict, name, cancellationToken) is { } refusal)
        {
            session.Numeric(IrcNumeric.ERR_NICKNAMEINUSE, $"{name.Value} :{refusal}");
        }
        else if (session.Accepted(verdict, name.Value))
        {
            await WarnAsync(session, cancellationToken);
        }

        return verdict == Verdict.Accepted;
    }
}
