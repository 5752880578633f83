namespace Parley.Server.Tests.Support;

/// <summary>Sends a byte at a time.</summary>
internal sealed class DripStream(Stream below) : CountingStream(below)
{
    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (var i = 0; i < buffer.Length; i++)
        {
            await base.WriteAsync(buffer.Slice(i, 1), cancellationToken);
        }
    }
}
