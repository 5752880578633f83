using System.Security.Cryptography;

namespace Parley.Core.Events;

/// <summary>One life of a room, from when it was made until it emptied, by a number that no other has.</summary>
/// <remarks>
/// What is said while a room keeps people out is kept with the room's life, and is read by those who are in the room during
/// that life: the rules that decide who comes in live exactly as long. A room that is made later under the same name, also
/// after a restart or by a rename, has another life. What is said in a room that keeps nobody out is kept without one.
/// </remarks>
/// <param name="Value">Above zero for a life; zero for none.</param>
public readonly record struct RoomLife(long Value)
{
    /// <summary>Stands for all lives, for those who look after history.</summary>
    public static RoomLife All { get; } = new(-1);

    /// <summary>True if there is none: everybody who may come in may read it.</summary>
    public bool IsNone => Value == 0;

    /// <summary>Begins a life.</summary>
    public static RoomLife Begin() => new((BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long))) & long.MaxValue) | 1);

    /// <summary>True if somebody who may read this life may read what is kept with another.</summary>
    public bool MayRead(RoomLife kept) => kept.IsNone || kept == this || this == All;
}
