using System.Buffers;
using Parley.Protocol.Writing;

namespace Parley.Protocol.Addressed;

/// <summary>Writes what a server says to an addressed client, one line per call, as in docs/protocols/addressed.md.</summary>
/// <remarks>
/// Every line starts with <c>from </c>, <c>to </c> or <c>error: </c>. An error first says what is wrong, in the words of the lines protocol where
/// it has them, and then what to do.
/// </remarks>
public static class AddressedWriter
{
    /// <summary>Writes that a message was not sent, as it could not be kept.</summary>
    public static void Refused(IBufferWriter<byte> output) =>
        output.WriteLine("error: messages cannot be kept at the moment, yours was not sent, try again later"u8);

    /// <summary>Writes a message as its recipient sees it.</summary>
    public static void From(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> text) =>
        output.WriteLine($"from {name}: {text}");

    /// <summary>Writes a message that the client's user has sent on another session.</summary>
    public static void To(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> text) =>
        output.WriteLine($"to {name}: {text}");

    /// <summary>Writes a message that is an action as its recipient sees it, such as <c>from bob: * bob waves</c>.</summary>
    public static void ActionFrom(IBufferWriter<byte> output, string name, ReadOnlySpan<byte> text) =>
        output.WriteLine($"from {name}: * {name} {text}");

    /// <summary>Writes that the login is empty or no name.</summary>
    public static void BadLogin(IBufferWriter<byte> output) =>
        output.WriteLine("error: Name must be 2 - 20 alphanumeric chars, connect again with such a name as the first line"u8);

    /// <summary>Writes that someone else is logged in under the name.</summary>
    public static void LoginTaken(IBufferWriter<byte> output, string name) =>
        output.WriteLine($"error: {name} is already taken, connect again with another name as the first line");

    /// <summary>Writes that no login came in time.</summary>
    public static void LoginTimeout(IBufferWriter<byte> output, TimeSpan timeout) =>
        output.WriteLine($"error: No name came within {Seconds(timeout)} s, connect again and send a name as the first line");

    /// <summary>Writes that the line has no colon.</summary>
    public static void NoColon(IBufferWriter<byte> output) =>
        output.WriteLine("error: The line has no ':', write name1, name2: text"u8);

    /// <summary>Writes that no name stands before the colon.</summary>
    public static void NoRecipient(IBufferWriter<byte> output) =>
        output.WriteLine("error: The line has no name before the ':', write name1, name2: text"u8);

    /// <summary>Writes how many recipients a message may have.</summary>
    public static void TooManyRecipients(IBufferWriter<byte> output, int max) =>
        output.WriteLine($"error: Messages can only go to {max} names at once, send it again to fewer");

    /// <summary>Writes that a recipient is not connected.</summary>
    public static void NotHere(IBufferWriter<byte> output, string name) => output.WriteLine($"error: {name} is not here");

    /// <summary>Writes that a recipient, as the client spelled it, is not connected.</summary>
    public static void NotHere(IBufferWriter<byte> output, ReadOnlySpan<byte> name) => output.WriteLine($"error: {name} is not here");

    /// <summary>Writes how long a line may be, in bytes.</summary>
    public static void LineTooLong(IBufferWriter<byte> output, int max) =>
        output.WriteLine($"error: Messages can only be {max} bytes long, send it in parts");

    /// <summary>Writes that a line was dropped because it is not UTF-8.</summary>
    public static void NotUtf8(IBufferWriter<byte> output) =>
        output.WriteLine("error: Messages must be UTF-8, send it again in that encoding"u8);

    /// <summary>Writes how many messages a client missed because it fell behind.</summary>
    public static void Dropped(IBufferWriter<byte> output, long count) =>
        output.WriteLine($"error: Server is very busy and dropped {count} messages, sorry!");

    /// <summary>Writes any other line that is not a message.</summary>
    public static void Notice(IBufferWriter<byte> output, string text) => output.WriteLine($"error: {text}");

    private static long Seconds(TimeSpan time) => (long)Math.Ceiling(time.TotalSeconds);
}
