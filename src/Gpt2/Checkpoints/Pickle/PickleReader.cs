namespace OnnxChat.Gpt2.Checkpoints.Pickle;

/// <summary>
/// Reads a pickle as data. Only opcodes that describe data are known; names go to the host, which admits a few and
/// gives data for them. There is no path from a pickle to a type, a method or an import.
/// </summary>
/// <remarks>Opcodes: Python's Lib/pickletools.py, protocols 2 to 5.</remarks>
internal sealed class PickleReader
{
    private const byte HighestProtocol = 5;
    private readonly PickleInput _input;
    private readonly IPickleHost _host;
    private readonly PickleStack _stack;

    private PickleReader(PickleInput input, IPickleHost host)
    {
        _input = input;
        _host = host;
        _stack = new PickleStack(input.File);
    }

    /// <summary>
    /// Reads the pickle at the input's position: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>,
    /// <see cref="string"/>, bytes, tuples as arrays, lists as <see cref="List{T}"/>, dictionaries as
    /// <see cref="PickleDictionary"/>, names, and what the host makes of them.
    /// </summary>
    public static object? Read(PickleInput input, IPickleHost host) => new PickleReader(input, host).Run();

    private object? Run()
    {
        while (true)
        {
            var opcode = (PickleOpcode)_input.ReadByte();
            if (opcode == PickleOpcode.Stop)
                return _stack.Pop();
            if (PickleScalars.TryRead(opcode, _input, out var scalar))
                _stack.Push(scalar);
            else if (!TryContainer(opcode) && !TryMemo(opcode) && !TryName(opcode))
                throw Unknown(opcode);
        }
    }

    private bool TryContainer(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Mark: _stack.PushMark(); return true;
            case PickleOpcode.EmptyTuple: _stack.Push(Array.Empty<object?>()); return true;
            case PickleOpcode.Tuple1: _stack.Push(_stack.Pop(1)); return true;
            case PickleOpcode.Tuple2: _stack.Push(_stack.Pop(2)); return true;
            case PickleOpcode.Tuple3: _stack.Push(_stack.Pop(3)); return true;
            case PickleOpcode.Tuple: _stack.Push(_stack.PopToMark()); return true;
            case PickleOpcode.EmptyList: _stack.Push(new List<object?>()); return true;
            case PickleOpcode.Append: Append(_stack.Pop(1)); return true;
            case PickleOpcode.Appends: Append(_stack.PopToMark()); return true;
            case PickleOpcode.EmptyDict: _stack.Push(new PickleDictionary()); return true;
            case PickleOpcode.SetItem: SetItems(_stack.Pop(2)); return true;
            case PickleOpcode.SetItems: SetItems(_stack.PopToMark()); return true;
            default: return false;
        }
    }

    private bool TryMemo(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.BinPut: _stack.Memoize(_input.ReadByte()); return true;
            case PickleOpcode.LongBinPut: _stack.Memoize(PickleScalars.ReadUInt32(_input)); return true;
            case PickleOpcode.Memoize: _stack.Memoize(); return true;
            case PickleOpcode.BinGet: _stack.PushMemo(_input.ReadByte()); return true;
            case PickleOpcode.LongBinGet: _stack.PushMemo(PickleScalars.ReadUInt32(_input)); return true;
            default: return false;
        }
    }

    private bool TryName(PickleOpcode opcode)
    {
        switch (opcode)
        {
            case PickleOpcode.Protocol:
                if (_input.ReadByte() is > HighestProtocol and var protocol)
                    throw _input.File.Damaged($"its pickle is of protocol {protocol}, the highest is {HighestProtocol}");
                return true;
            case PickleOpcode.Frame:
                // Only a hint for buffered readers; the opcodes inside are read one by one either way.
                _input.ReadBytes(8);
                return true;
            case PickleOpcode.Global:
                PushName(_input.ReadLine(), _input.ReadLine());
                return true;
            case PickleOpcode.StackGlobal:
                var name = _stack.Pop<string>("a name");
                PushName(_stack.Pop<string>("a module's name"), name);
                return true;
            case PickleOpcode.BinPersistentId:
                _stack.Push(_host.ResolvePersistentId(_stack.Pop()));
                return true;
            case PickleOpcode.Reduce:
                var arguments = _stack.Pop<object?[]>("a tuple of arguments");
                _stack.Push(_host.Reduce(_stack.Pop<PickleGlobal>("a name"), arguments));
                return true;
            case PickleOpcode.Build:
                // A state dict carries its _metadata as an attribute; nothing here reads attributes.
                _stack.Pop();
                _stack.Peek<PickleDictionary>("an OrderedDict");
                return true;
            default:
                return false;
        }
    }

    private void PushName(string module, string name)
    {
        var global = new PickleGlobal(module, name);
        _host.Admit(global);
        _stack.Push(global);
    }

    private void Append(object?[] values) => _stack.Peek<List<object?>>("a list").AddRange(values);

    private void SetItems(object?[] pairs)
    {
        if (pairs.Length % 2 != 0)
            throw _input.File.Damaged("its pickle has a key without a value");
        var dictionary = _stack.Peek<PickleDictionary>("a dictionary");
        for (var index = 0; index < pairs.Length; index += 2)
            dictionary.Set(pairs[index], pairs[index + 1]);
    }

    private CheckpointException Unknown(PickleOpcode opcode) => _input.File.Refused(
        $"its pickle has opcode 0x{(byte)opcode:x2} at offset {_input.Position - 1}, which a state dict does not need (or the file is damaged).",
        "Save the weights alone: torch.save(model.state_dict(), path), or safetensors.");
}
