using Parley.Core.Intentions;

namespace Parley.Server.Lines.Commands;

/// <summary><c>/register</c>: registers the room, so that it stays with its rules when it is empty.</summary>
internal sealed class RegisterCommand() : LinesCommand("/register", "keep the room when it is empty, as yours")
{
    public override ValueTask<bool> RunAsync(LinesSession session, ReadOnlySpan<byte> argument, CancellationToken cancellationToken)
        => session.ChangeRoomAsync(new RegisterRoom(session.Room), session.Room, cancellationToken);
}
