using Parley.Core.Broker;
using Parley.Core.Intentions;
using Parley.Protocol.Irc;
using Parley.Server.Accounts;
using Parley.Server.Connections;

namespace Parley.Server.Irc.Wire;

/// <summary>Why the broker refused something, in numerics.</summary>
internal static class IrcRefusals
{
    /// <summary>The numeric for a refusal, and its words.</summary>
    public static (IrcNumeric Numeric, string Words) Of(Decision decision) => decision.Verdict switch
    {
        Verdict.NameTaken => (IrcNumeric.ERR_NICKNAMEINUSE, "Nickname is already in use"),
        Verdict.NotInRoom => (IrcNumeric.ERR_NOTONCHANNEL, "You're not on that channel"),
        Verdict.TooManyRooms => (IrcNumeric.ERR_TOOMANYCHANNELS, "You have joined too many channels"),
        Verdict.NotHere => (IrcNumeric.ERR_NOSUCHNICK, "No such nick/channel"),
        Verdict.NameNotAscii => (IrcNumeric.ERR_NOSUCHCHANNEL, $"No such channel: {NameWords.OnlyAscii}"),
        Verdict.NoSuchRoom => (IrcNumeric.ERR_NOSUCHCHANNEL, "No such channel"),
        Verdict.InviteOnly => (IrcNumeric.ERR_INVITEONLYCHAN, "Cannot join channel (+i)"),
        Verdict.Banned => (IrcNumeric.ERR_BANNEDFROMCHAN, BanWords.Of(decision.Ban) is { Length: > 0 } words ? $"Cannot join channel (+b): banned{words}" : "Cannot join channel (+b)"),
        Verdict.WrongKey => (IrcNumeric.ERR_BADCHANNELKEY, "Cannot join channel (+k)"),
        Verdict.RoomFull => (IrcNumeric.ERR_CHANNELISFULL, "Cannot join channel (+l)"),
        Verdict.NotOperator => (IrcNumeric.ERR_CHANOPRIVSNEEDED, "You're not a channel operator"),
        Verdict.NotFounder => (IrcNumeric.ERR_CHANOPRIVSNEEDED, "That is for the channel's founder"),
        Verdict.TargetNotInRoom => (IrcNumeric.ERR_USERNOTINCHANNEL, "They aren't on that channel"),
        Verdict.MaySayNothing => (IrcNumeric.ERR_CANNOTSENDTOCHAN, "Cannot send to channel"),
        Verdict.TooSoon => (IrcNumeric.ERR_CANNOTSENDTOCHAN, $"Cannot send to channel (slow mode: wait {WaitWords.Of(decision)})"),
        Verdict.Filtered => (IrcNumeric.ERR_CANNOTSENDTOCHAN, $"Cannot send to channel (its word filter refuses {decision.Pattern ?? "that"})"),
        Verdict.RegistryFails => (IrcNumeric.ERR_UNKNOWNERROR, "This room is registered, and what changes it cannot be kept now: try again later"),
        _ => (IrcNumeric.ERR_UNKNOWNERROR, "It cannot be done now"),
    };
}
