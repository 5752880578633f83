using System.Buffers;
using Parley.Core.Names;
using Parley.Protocol.Lines;

namespace Parley.Server.Lines;

/// <summary>Answer of which each line says to which room it belongs.</summary>
internal static class TaggedAnswer
{
    /// <summary>Encodes an answer with the room before each of its lines.</summary>
    public static byte[] Encode(RoomName room, Action<IBufferWriter<byte>> write)
    {
        var (bare, tagged) = (new ArrayBufferWriter<byte>(), new ArrayBufferWriter<byte>());
        write(bare);
        var rest = bare.WrittenSpan;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n') + 1;
            var line = end == 0 ? rest : rest[..end];
            LinesWriter.Tags(tagged, room.Value);
            tagged.Write(line);
            rest = rest[line.Length..];
        }

        return tagged.WrittenSpan.ToArray();
    }
}
