using System.Buffers;
using System.Runtime.CompilerServices;

namespace Parley.Protocol.Irc;

/// <summary>Writes whole messages: one call, one line that ends in CR LF, at most 512 bytes, whatever stands in the holes.</summary>
/// <remarks>Tags are no part of the 512 bytes; they are written in front of the line by <see cref="IrcTagWriter"/>.</remarks>
public static class IrcWriter
{
    /// <summary>Writes the message as it reads in the source.</summary>
    /// <example><c>output.WriteIrc($":{server} {IrcNumeric.ERR_NOSUCHNICK} {client} {nick} :No such nick/channel")</c></example>
    public static void WriteIrc(
        this IBufferWriter<byte> output,
        [InterpolatedStringHandlerArgument(nameof(output))] ref IrcInterpolationHandler message)
    {
        _ = message;
        output.Write("\r\n"u8);
    }

    /// <summary>Writes a message that is UTF-8 already, without NUL, CR and LF.</summary>
    public static void WriteIrc(this IBufferWriter<byte> output, ReadOnlySpan<byte> message)
    {
        var handler = new IrcInterpolationHandler(0, 1, output);
        handler.AppendFormatted(message);
        output.Write("\r\n"u8);
    }
}
