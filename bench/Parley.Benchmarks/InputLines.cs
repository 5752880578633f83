using System.Buffers;

namespace Parley.Benchmarks;

/// <summary>What clients send: lines of 64 bytes, their ending counted, in one piece.</summary>
internal static class InputLines
{
    public const int LineBytes = 64;

    /// <summary>Lines in 4 KiB, which is what one receive brings when there is much.</summary>
    public const int BatchLines = 4096 / LineBytes;

    public static ReadOnlySequence<byte> Of(int lines)
    {
        var bytes = new byte[lines * LineBytes];
        bytes.AsSpan().Fill((byte)'x');
        for (var end = LineBytes - 1; end < bytes.Length; end += LineBytes)
        {
            bytes[end] = (byte)'\n';
        }

        return new ReadOnlySequence<byte>(bytes);
    }
}
