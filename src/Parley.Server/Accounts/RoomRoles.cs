using Parley.Core.Events;
using Parley.Core.Intentions;

namespace Parley.Server.Accounts;

/// <summary>Roles in registered rooms in words, and why something about them was refused.</summary>
internal static class RoomRoles
{
    /// <summary>The words that <see cref="TryParse"/> reads.</summary>
    public const string Form = "operator, half-operator, voice or none";

    /// <summary>Reads a role; false for any other word.</summary>
    public static bool TryParse(string word, out MemberRank rank)
    {
        MemberRank? parsed = word.ToUpperInvariant() switch
        {
            "OPERATOR" or "OP" => MemberRank.Operator,
            "HALF-OPERATOR" or "HALFOPERATOR" or "HALFOP" => MemberRank.HalfOperator,
            "VOICE" => MemberRank.Voice,
            "NONE" => MemberRank.None,
            _ => null,
        };
        rank = parsed ?? MemberRank.None;
        return parsed is not null;
    }

    /// <summary>A role as <see cref="TryParse"/> reads it.</summary>
    public static string Word(MemberRank rank) => rank switch
    {
        MemberRank.Operator => "operator",
        MemberRank.HalfOperator => "half-operator",
        MemberRank.Voice => "voice",
        _ => "none",
    };

    /// <summary>Says why something about a registered room was refused, without a full stop; null if it was not.</summary>
    /// <param name="verdict">The answer of the broker.</param>
    /// <param name="room">The room as the protocol writes it.</param>
    /// <param name="login">How to log in.</param>
    public static string? Refusal(Verdict verdict, string room, string login) => verdict switch
    {
        Verdict.Accepted => null,
        Verdict.NotLoggedIn => $"You must be logged in to register a room: {login}",
        Verdict.NoSuchRoom or Verdict.NotInRoom => $"You are not in {room}, or it is no room: join it first",
        Verdict.NotOperator => $"You must be an operator of {room} for that",
        Verdict.NotFounder => $"Only the founder of {room} may do that",
        Verdict.RoomRegistered => $"{room} is registered already",
        Verdict.RoomNotRegistered => $"{room} is not registered",
        Verdict.AccountHasTooManyRooms => "That account owns as many registered rooms as it may: unregister another first",
        Verdict.TooManyRegisteredRooms => "There are as many registered rooms on this server as there may be: ask its operator",
        Verdict.TooManyRoles => $"There are as many roles in {room} as there may be: take one away first",
        Verdict.TargetNotInRoom => $"They are not in {room}, and have to be for that",
        Verdict.RegistryFails => "Registered rooms cannot be kept now, and nothing has changed: try again later",
        _ => "It cannot be done now",
    };
}
