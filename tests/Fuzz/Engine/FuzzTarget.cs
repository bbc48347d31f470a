namespace Fuzz.Engine;

/// <summary>One reader of bytes from outside, with what must hold for whatever it is given.</summary>
public abstract class FuzzTarget
{
    /// <summary>Also the folder of its seeds under tests/vectors/fuzz.</summary>
    public abstract string Name { get; }

    /// <summary>The types this target is there for: <see cref="TargetListTests"/>
    /// compares them with the readers that exist.</summary>
    public abstract IReadOnlyList<Type> Readers { get; }

    public virtual AllocationPromise Allocation => AllocationPromise.None;

    /// <summary>Bytes of the longest input; a little above what the reader takes.</summary>
    public virtual int MaxLength => 4200;

    /// <summary>
    /// The part of the inputs that this target is given, for readers so slow that all would take minutes. A reason stands where
    /// it is not 1.
    /// </summary>
    public virtual int Divisor => 1;

    /// <summary>Mends what every mutation breaks and what would otherwise be all
    /// that is ever tested, such as a checksum.</summary>
    public virtual void Repair(Span<byte> input)
    {
    }

    /// <summary>Reads the input; throws when something does not hold.</summary>
    /// <returns>Whether it was taken for a valid one.</returns>
    public abstract bool Run(ReadOnlySpan<byte> input);

    public override string ToString() => Name;
}
