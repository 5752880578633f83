using System.CommandLine;
using System.CommandLine.Parsing;
using Parley.Core.Names;

namespace Parley.Cli.Verbs;

/// <summary>Names of users and rooms on the command line.</summary>
internal static class NameArguments
{
    /// <summary>One user.</summary>
    public static Argument<UserName> User(string name, string description)
        => new(name) { Description = description, CustomParser = result => UserOf(result.Tokens[0].Value, result) };

    /// <summary>One room.</summary>
    public static Argument<RoomName> Room(string name, string description)
        => new(name) { Description = description, CustomParser = result => RoomOf(result.Tokens[0].Value, result) };

    /// <summary>One user, who may be left out.</summary>
    public static Option<UserName> UserOption(string name, string description)
        => new(name) { HelpName = "NAME", Description = description, CustomParser = result => UserOf(result.Tokens[0].Value, result) };

    /// <summary>One room, which may be left out.</summary>
    public static Option<RoomName> Room(string description)
        => new("--room") { HelpName = "ROOM", Description = description, CustomParser = result => RoomOf(result.Tokens[0].Value, result) };

    /// <summary>Any number of users.</summary>
    public static Option<UserName[]> Users(string name, string description) => new(name)
    {
        HelpName = "NAME",
        Description = description,
        CustomParser = result => [.. result.Tokens.Select(token => UserOf(token.Value, result))],
    };

    /// <summary>Any number of rooms.</summary>
    public static Option<RoomName[]> Rooms(string description) => new("--room")
    {
        HelpName = "ROOM",
        Description = description,
        CustomParser = result => [.. result.Tokens.Select(token => RoomOf(token.Value, result))],
    };

    private static UserName UserOf(string text, ArgumentResult result)
    {
        if (!UserName.TryParse(text, out var user))
        {
            result.AddError($"'{text}' is not the name of a user: give {UserName.Form}");
        }

        return user;
    }

    private static RoomName RoomOf(string text, ArgumentResult result)
    {
        if (!RoomName.TryParse(text, out var room))
        {
            result.AddError($"'{text}' is not the name of a room: give {RoomName.Form}");
        }

        return room;
    }
}
